/* desk.h - the desk: what all pages and the API stand on, and the way of one request.
 *
 * For the files of this room only.  A Desk belongs to one thread.  It knows requests and responses as plain data
 * (request.h); sockets are the server's business.
 */
#pragma once

#include "job.h"
#include "request.h"
#include "session.h"
#include "tree.h"
#include "tries.h"

#include <app/door.h>
#include <base/error.h>

typedef struct PageCache PageCache;
typedef struct Templates Templates;

typedef struct Desk {
	App *app;
	const DeskSetup *setup;
	int port;         /* it listens on */
	bool any_address; /* it listens at every address there is, so that Host may name any */
	GPtrArray *hosts; /* of char*: what Host may say */
	Sessions *sessions;
	Jobs *jobs;
	Tries *tries; /* at the password */
	Templates *templates;
	PageCache *cache;
	const char *unserved; /* why what runs beside the desk (--serve) does not; NULL while it does; borrowed */
	char *version;        /* of the assets: part of their addresses, so that browsers may keep them */
} Desk;

/* One request on its way. */
typedef struct Visit {
	Desk *desk;
	Request *request;
	Session *session; /* NULL: nobody is signed in; borrowed */
	bool is_program;  /* a program with a token asks */
	bool may_decide;  /* whoever asks may approve and send, not only propose */
	Response *response;
	bool is_passing; /* what it shows is for this once: it is not kept */
	int64_t change;  /* what was stored when the answer was begun, by app_change_number; 0: not asked */
} Visit;

Desk *desk_new(App *app, const DeskSetup *setup, int port, GError **error);
void desk_free(Desk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Desk, desk_free)

/* Whether a request comes from somebody who is signed in, going by its head alone. */
bool desk_knows(Desk *desk, const Request *request);

/* Answers a request; never fails: what goes wrong is a response too. */
void desk_handle(Desk *desk, Request *request, Response *response);

/* Runs an op by name, with the values of parameters in pairs, NULL at the end ("opportunity", "#3", NULL); a NULL value
 * is left out. */
bool desk_run(Desk *desk, const char *op, Printer *printer, GError **error, ...) G_GNUC_NULL_TERMINATED;

/* The same into a tree of values, for a page. */
bool desk_tell(Desk *desk, const char *op, MustacheValue **ret_value, GError **error, ...) G_GNUC_NULL_TERMINATED;

/* Has the browser show that session from now on; NULL: none. */
void desk_give_cookie(Visit *visit, const Session *session);
