/* parse-reply.h - what a writer of a mail wrote, without what others did, the signature and what machines add.
 *
 * Works on lines of decoded text.  Inline and bottom answers are kept, the quotes around them are not.
 */
#pragma once

#include <stdbool.h>

/* The new text, lines ended by \n, no empty line at either end; "" where there is none. Free with g_free. */
char *reply_new_text(const char *text);

/* Joins the lines of a format=flowed text (RFC 3676) that belong to one paragraph. Free with g_free. */
char *reply_unflow(const char *text, bool delsp);
