/*
 * pdf_link.c - areas and where they lead enter, link annotations inside their structure elements
 * leave (ISO 32000-1, 12.5.6.5 and 14.7.4.3). They are kept until all pages are there, because most
 * lead forwards.
 */
#include "report/pdf_tag.h"

#include "report/pdf_object.h"

#include <stdlib.h>
#include <string.h>

/* A copy, or a fault. */
static char *copy(struct pdf *p, const char *s)
{
	char *own = s ? strdup(s) : NULL;

	if (s && !own)
		pdf_object_check(p, HPDF_FAILD_TO_ALLOC_MEM);
	return own;
}

static struct pdf_link *add(struct pdf *p, double x, double y, double width, double height,
                            const char *says)
{
	struct pdf_link *l;

	if (p->failed || !pdf_object_content(p) ||
	    !pdf_object_grow(p, &p->links, p->n_links, &p->cap_links, sizeof *l))
		return NULL;
	l = &p->links[p->n_links++];
	*l = (struct pdf_link){
		.area = { (HPDF_REAL)x, (HPDF_REAL)y, (HPDF_REAL)(x + width),
		          (HPDF_REAL)(y + height) },
		.on = p->n_pages - 1,
		.element = *pdf_tag_top(p),
		.says = copy(p, says),
	};
	return l;
}

void pdf_tag_link(struct pdf *p, double x, double y, double width, double height, size_t page,
                  double to_y, const char *says)
{
	struct pdf_link *l = add(p, x, y, width, height, says);

	if (!l)
		return;
	l->page = page;
	l->y = to_y;
}

void pdf_tag_link_name(struct pdf *p, double x, double y, double width, double height,
                       const char *name, const char *says)
{
	struct pdf_link *l = add(p, x, y, width, height, says);

	if (l)
		l->name = copy(p, name);
}

void pdf_tag_link_web(struct pdf *p, double x, double y, double width, double height,
                      const char *address, const char *says)
{
	struct pdf_link *l = add(p, x, y, width, height, says);

	if (l)
		l->address = copy(p, address);
}

void pdf_tag_place(struct pdf *p, const char *name, size_t page, double y)
{
	if (p->failed || !pdf_object_grow(p, &p->places, p->n_places, &p->cap_places,
	                                  sizeof *p->places))
		return;
	p->places[p->n_places++] = (struct pdf_place){ copy(p, name), page, y };
}

/* Find the place of a name; nowhere is a fault. */
static bool resolve(struct pdf *p, struct pdf_link *l)
{
	for (size_t i = 0; i < p->n_places; i++) {
		if (!strcmp(p->places[i].name, l->name)) {
			l->page = p->places[i].page;
			l->y = p->places[i].y;
			return true;
		}
	}
	p->failed = true;
	err_set(&p->err, ERR_INPUT, "a link leads to #%s, which is nowhere", l->name);
	return false;
}

static HPDF_Annotation annotation(struct pdf *p, struct pdf_link *l)
{
	HPDF_Page on = p->pages[l->on].page;
	HPDF_Annotation a;

	if (l->name && !resolve(p, l))
		return NULL;
	if (l->address) {
		a = HPDF_Page_CreateURILinkAnnot(on, l->area, l->address);
	} else {
		HPDF_Destination to = pdf_object_destination(p, l->page, l->y);

		a = p->failed ? NULL : HPDF_Page_CreateLinkAnnot(on, l->area, to);
	}
	pdf_object_check(p, a ? HPDF_OK : HPDF_FAILD_TO_ALLOC_MEM);
	return a;
}

static void finish(struct pdf *p, struct pdf_link *l)
{
	HPDF_Annotation a = annotation(p, l);

	if (p->failed)
		return;
	pdf_object_check(p, HPDF_LinkAnnot_SetBorderStyle(a, 0, 0, 0));
	pdf_object_put_number(p, a, "F", 4); /* printed */
	pdf_object_put_text(p, a, "Contents", l->says);
	pdf_object_put_number(p, a, "StructParent",
	                      pdf_tree_annotation(&p->tree, l->element.node, pdf_object_number(a),
	                                          (int32_t)l->on));
}

void pdf_link_finish(struct pdf *p)
{
	for (size_t i = 0; i < p->n_links && !p->failed; i++)
		finish(p, &p->links[i]);
}

void pdf_link_free(struct pdf *p)
{
	for (size_t i = 0; i < p->n_links; i++) {
		free(p->links[i].says);
		free(p->links[i].name);
		free(p->links[i].address);
	}
	for (size_t i = 0; i < p->n_places; i++)
		free(p->places[i].name);
	free(p->links);
	free(p->places);
}
