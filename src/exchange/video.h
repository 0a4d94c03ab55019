/* video.h - the link of a video meeting in an invitation's text.
 *
 * For the files of this room only.
 */
#pragma once

#include <stdbool.h>

/* The first link in text to a service that is known to hold video meetings, unwrapped from the redirections that mail
 * gateways put around it; NULL where there is none. Free with g_free. */
char *video_find_link(const char *text);

/* The first link of the web in text, whatever it leads to; NULL where there is none. Free with g_free. */
char *video_find_any_link(const char *text);
