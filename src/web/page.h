/* page.h - a page: a template with its values inside the frame that all pages share.
 *
 * Values are escaped for HTML.  What a page shows is kept as long as nothing that is stored, and no minute, has
 * changed.
 */
#pragma once

#include "desk.h"

Templates *templates_new(GError **error);
void templates_free(Templates *templates);

PageCache *page_cache_new(void);
void page_cache_free(PageCache *cache);
/* Forgets all pages: something beside the database changed what they say. */
void page_cache_clear(PageCache *cache);

typedef struct Page {
	const char *template_name; /* "today": templates/web/today.mustache */
	const char *title;
	const char *section;   /* the entry of the navigation it belongs to: "today"; or NULL */
	MustacheValue *values; /* taken */
	unsigned status;       /* 0 is 200 */
} Page;

/* Renders the page into the visit's response. */
bool page_show(Visit *visit, const Page *page, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same without the frame: a part of a page, for scripts. */
bool page_show_part(Visit *visit, const char *template_name, MustacheValue *values, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* An error as a page, with its status. */
void page_show_error(Visit *visit, const GError *error);

/* Answers from what is kept, if it still holds. */
bool page_find_kept(Visit *visit);

/* Keeps the response for the same request, as of when page_find_kept() was asked: a change since makes it worthless. */
void page_keep(Visit *visit);
