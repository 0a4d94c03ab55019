/* visiting.h - a desk with a database of its own, and requests to it as a browser would make them.
 *
 * For the tests of the room web: no socket, nothing loaded, a clock that stands still.
 */
#pragma once

#include "desk.h"

#define TEST_HOST "127.0.0.1:7474"

typedef struct Visiting {
	char *folder;
	App *app;
	DeskSetup setup;
	Desk *desk;
	char *cookie, *csrf; /* of the browser that is signed in; or NULL */
} Visiting;

/* A request that was answered. */
typedef struct VisitAnswer {
	Response response;
	char *text; /* the body, owned; "" where it has none */
} VisitAnswer;

/* What a request says beside method and target; NULL members are what a browser of ours says. */
typedef struct VisitAs {
	const char *host, *origin, *fetch_site, *cookie, *authorization, *if_none_match, *csrf_header, *content_type;
	const char *form; /* "a=1&b=2": decoded field by field, without "&" and "=" in values */
	const char *body; /* anything else */
	bool stranger;    /* without the cookie */
	bool bare;        /* without the form's token */
} VisitAs;

Visiting *visiting_new(void);
void visiting_free(Visiting *visiting);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Visiting, visiting_free)

/* Signs a browser in by a link. */
void visiting_enter(Visiting *visiting);

/* Asks; method and target in one: "GET /do/add?company=Globex". as may be NULL. */
VisitAnswer visiting_ask(Visiting *visiting, const char *what, const VisitAs *as);
void visit_answer_clear(VisitAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VisitAnswer, visit_answer_clear)

/* The value of a response's header, or NULL; borrowed. */
const char *visit_answer_header(const VisitAnswer *answer, const char *name);

/* Runs an op with the values of parameters in pairs, NULL at the end; it has to work. */
void visiting_run(Visiting *visiting, const char *op, ...) G_GNUC_NULL_TERMINATED;
