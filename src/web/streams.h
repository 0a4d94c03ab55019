/* streams.h - pages that are told when something changed (server-sent events).
 *
 * The database's files are watched by the kernel, so that nothing runs while nothing happens, whoever makes the change.
 * A reader gets "event: change" at most a few times a second, and a comment every quarter of a minute, by which one
 * that is out of reach is noticed; one that leaves is noticed at once.
 */
#pragma once

#include <app/app.h>
#include <microhttpd.h>

typedef struct Streams Streams;

/* Watches the app's database. */
Streams *streams_new(App *app);
void streams_free(Streams *streams);

/* A response that goes on until its reader leaves; NULL where there are too many already. */
struct MHD_Response *streams_open(Streams *streams, struct MHD_Connection *connection);

/* To wait on, for reading. */
int streams_get_fd(const Streams *streams);

/* How long to wait at most, in milliseconds; -1: for ever. */
int streams_wait(const Streams *streams);

/* Wakes the readers where something changed, or a comment is due. */
void streams_tend(Streams *streams);

/* Has the readers told of a change that is not one of the database. */
void streams_touch(Streams *streams);

/* Ends all of them, the next time the daemon runs. */
void streams_end(Streams *streams);
