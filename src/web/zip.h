/* zip.h - pages and what they load, made small for the way (gzip, RFC 1952).
 *
 * Only what a request cannot steer is zipped together with a form's secret: pages are the same for the same session,
 * and shown to no other site (their cookie is SameSite=Strict), so that sizes tell nobody anything.
 */
#pragma once

#include "request.h"

/* The text zipped, or NULL where it would not get smaller by much. The caller owns it. */
GString *zip_text(const char *text, size_t length);

/* Whether whoever asks can read it. */
bool zip_is_wanted(const Request *request);
