/*
 * pdf_logo.c - paths and pixels enter, operators of the page's content and image objects leave (ISO
 * 32000-1, 8.5 and 8.9).
 */
#include "report/pdf_draw.h"

#include "report/pdf_object.h"

static void put_number(struct buf *b, double v)
{
	pdf_object_write_number(b, v);
	buf_putc(b, ' ');
}

/* `n` points of a path and an operator; returns what comes after them. */
static const double *put_points(struct buf *b, const double *at, int n, char operator, double x,
                                double y, double scale)
{
	for (int i = 0; i < n; i++, at += 2) {
		put_number(b, x + at[0] * scale);
		put_number(b, y - at[1] * scale);
	}
	buf_putc(b, operator);
	buf_putc(b, '\n');
	return at;
}

void pdf_draw_path(struct pdf *p, const struct theme_path *path, double x, double y, double scale)
{
	struct buf *b = pdf_object_content(p);
	const double *at = path->points;

	if (!b || !path->n)
		return;
	pdf_object_fill(p, path->fill);
	for (size_t i = 0; i < path->n; i++) {
		switch (path->commands[i]) {
		case 'M':
			at = put_points(b, at, 1, 'm', x, y, scale);
			break;
		case 'L':
			at = put_points(b, at, 1, 'l', x, y, scale);
			break;
		case 'C':
			at = put_points(b, at, 3, 'c', x, y, scale);
			break;
		default:
			buf_puts(b, "h\n");
		}
	}
	buf_puts(b, path->even_odd ? "f*\n" : "f\n");
}

static HPDF_Dict image_create(struct pdf *p, const uint8_t *pixels, int columns, int rows)
{
	HPDF_Dict d = pdf_object_stream(p, pixels, (size_t)columns * (size_t)rows * 3, true);

	pdf_object_put_name(p, d, "Type", "XObject");
	pdf_object_put_name(p, d, "Subtype", "Image");
	pdf_object_put_number(p, d, "Width", columns);
	pdf_object_put_number(p, d, "Height", rows);
	pdf_object_put_name(p, d, "ColorSpace", "DeviceRGB");
	pdf_object_put_number(p, d, "BitsPerComponent", 8);
	if (d)
		d->header.obj_class |= HPDF_OSUBCLASS_XOBJECT;
	return d;
}

/* The picture's object, made at its first use; NULL after a fault. */
static HPDF_Dict image_of(struct pdf *p, const uint8_t *pixels, int columns, int rows)
{
	struct pdf_image *image;

	for (size_t i = 0; i < p->n_images; i++)
		if (p->images[i].pixels == pixels)
			return p->images[i].object;
	if (p->failed ||
	    !pdf_object_grow(p, &p->images, p->n_images, &p->cap_images, sizeof *image))
		return NULL;
	image = &p->images[p->n_images++];
	*image = (struct pdf_image){ pixels, image_create(p, pixels, columns, rows) };
	return image->object;
}

void pdf_draw_image(struct pdf *p, const uint8_t *pixels, int columns, int rows, double x, double y,
                    double width, double height)
{
	struct buf *b = pdf_object_content(p);
	HPDF_Dict image = b ? image_of(p, pixels, columns, rows) : NULL;
	const char *name;

	if (p->failed || !image)
		return;
	name = HPDF_Page_GetXObjectName(p->pages[p->n_pages - 1].page, image);
	if (!pdf_object_check(p, name ? HPDF_OK : HPDF_FAILD_TO_ALLOC_MEM))
		return;
	buf_puts(b, "q\n");
	put_number(b, width);
	buf_puts(b, "0 0 ");
	put_number(b, height);
	put_number(b, x);
	put_number(b, y - height);
	buf_printf(b, "cm\n/%s Do\nQ\n", name);
}

double pdf_draw_logo(struct pdf *p, const struct theme_logo *logo, double x, double y,
                     double height)
{
	double scale = height / logo->height;

	if (logo->pixels)
		pdf_draw_image(p, logo->pixels, (int)logo->width, (int)logo->height, x, y,
		               logo->width * scale, height);
	for (size_t i = 0; i < logo->n_paths; i++)
		pdf_draw_path(p, &logo->paths[i], x, y, scale);
	return logo->width * scale;
}
