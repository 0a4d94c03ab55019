/* route.h - which path is answered by what: the one table of the desk.
 */
#pragma once

#include "desk.h"

enum {
	ROUTE_OPEN = 1,  /* for anybody, signed in or not */
	ROUTE_KEPT = 2,  /* a page that is the same until something stored changes */
	ROUTE_TOKEN = 4, /* for programs with a token too; no form's token is asked of those */
};

typedef struct Route {
	const char *method;
	const char *pattern; /* "/o/:/write": ":" stands for one part, which goes to request->segments */
	unsigned flags;
	bool (*answer)(Visit *visit, GError **error);
} Route;

/* The route of a request, its segments filled; NULL where there is none. *ret_is_path: there is one for another method.
 */
const Route *route_find(Request *request, bool *ret_is_path);

/* All routes; ends with method NULL. For tests that try every one. */
const Route *route_table(void);
