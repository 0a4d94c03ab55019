/* backend.h - the stores a contract test runs on: a fresh one for every case.
 */
#pragma once

#include <store/store.h>

typedef struct Backend {
	const char *name;
	bool shared;      /* path can be opened by others at the same time */
	const char *file; /* in the case's folder; NULL: in memory */
} Backend;

/* What a case has. */
typedef struct Bench {
	const Backend *backend;
	char *folder, *path;
	Store *store; /* with the sample account */
} Bench;

typedef struct BackendCase {
	const char *name;
	void (*run)(Bench *bench, const void *data);
} BackendCase;

/* Adds each case once for each backend, as /suite/backend/case. */
void backend_add_cases(const char *suite, const BackendCase *cases, guint count);
