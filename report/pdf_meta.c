/*
 * pdf_meta.c - what the document says about itself: title, subject, language (information
 * dictionary and XMP, ISO 16684-1), and that it follows PDF/UA-1 (ISO 14289-1). No time, no user,
 * no machine, no file name.
 */
#include "report/pdf_object.h"

static const char CREATOR[] = "survey-report";
static const char PRODUCER[] = "Peer Survey";

static void put_escaped(struct buf *b, const char *s)
{
	for (; *s; s++) {
		switch (*s) {
		case '&':
			buf_puts(b, "&amp;");
			break;
		case '<':
			buf_puts(b, "&lt;");
			break;
		case '>':
			buf_puts(b, "&gt;");
			break;
		default:
			buf_putc(b, *s);
		}
	}
}

static void put_alternatives(struct buf *b, const char *name, const char *text)
{
	buf_printf(b, "<dc:%s><rdf:Alt><rdf:li xml:lang=\"x-default\">", name);
	put_escaped(b, text);
	buf_printf(b, "</rdf:li></rdf:Alt></dc:%s>\n", name);
}

static void put_xmp(struct pdf *p, const struct pdf_info *info)
{
	struct buf b = { 0 };

	buf_puts(&b, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
	             "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
	             "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
	             "<rdf:Description rdf:about=\"\""
	             " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
	             " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
	             " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
	             " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
	             "<pdfuaid:part>1</pdfuaid:part>\n"
	             "<dc:format>application/pdf</dc:format>\n");
	put_alternatives(&b, "title", info->title);
	put_alternatives(&b, "description", info->subject);
	buf_puts(&b, "<dc:language><rdf:Bag><rdf:li>");
	put_escaped(&b, info->language);
	buf_printf(&b, "</rdf:li></rdf:Bag></dc:language>\n"
	               "<xmp:CreatorTool>%s</xmp:CreatorTool>\n<pdf:Producer>%s</pdf:Producer>\n"
	               "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>",
	           CREATOR, PRODUCER);
	if (b.failed) {
		pdf_object_check(p, HPDF_FAILD_TO_ALLOC_MEM);
	} else {
		HPDF_Dict x = pdf_object_stream(p, b.data, b.len, false);

		pdf_object_put_name(p, x, "Type", "Metadata");
		pdf_object_put_name(p, x, "Subtype", "XML");
		if (!p->failed)
			pdf_object_put(p, p->doc->catalog, "Metadata", x);
	}
	buf_finish(&b);
}

void pdf_meta_set(struct pdf *p, const struct pdf_info *info)
{
	HPDF_Dict catalog = p->doc->catalog, view = pdf_object_dict(p, false);

	pdf_object_put_ascii(p, catalog, "Lang", info->language);
	pdf_object_put_true(p, view, "DisplayDocTitle");
	if (info->right_to_left)
		pdf_object_put_name(p, view, "Direction", "R2L");
	pdf_object_put(p, catalog, "ViewerPreferences", view);
	put_xmp(p, info);
	if (p->failed)
		return;
	/* The call makes the dictionary; the texts are put in as UTF-16 by ourselves. */
	pdf_object_check(p, HPDF_SetInfoAttr(p->doc, HPDF_INFO_PRODUCER, PRODUCER));
	if (p->failed)
		return;
	pdf_object_put_text(p, p->doc->info, "Title", info->title);
	pdf_object_put_text(p, p->doc->info, "Subject", info->subject);
	pdf_object_put_ascii(p, p->doc->info, "Creator", CREATOR);
}
