/* order.h - an op with what it was given, as a program asks for it: by JSON, or by fields.
 *
 * Strict where a form is not: a key that is no parameter is refused by its name.  What would be piped in comes under
 * the key "input"; a file comes as a text, or as {"name", "text"} or {"name", "base64"}.
 */
#pragma once

#include <app/app.h>
#include <facts/json-value.h>

typedef struct Order {
	const Op *op;
	OpArgs *args;
	GBytes *input; /* or NULL: nothing is piped in */
	FILE *stream;  /* of the input, while it runs */
} Order;

/* From an object of JSON; NULL is an empty one. INVALID in one sentence, with the key as its place. */
bool order_take_json(const Op *op, const JsonValue *object, Order *ret_order, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* From fields (of Field): a query, or a form. */
bool order_take_fields(const Op *op, const GPtrArray *fields, Order *ret_order, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

void order_clear(Order *order);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Order, order_clear)

/* What came of it. */
typedef struct Outcome {
	GString *text;    /* owned */
	const char *type; /* what it is, static: "application/json" unless it is a document */
	GError *failure;  /* what it failed with although it told all of its result; or NULL */
} Outcome;

void outcome_clear(Outcome *outcome);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Outcome, outcome_clear)

/* Runs it and gives the result as JSON, or the document that it is. A result may be whole although it is an error: a
 * review with findings, what a deletion would take with it. Where the op only reads, that is what was asked for; else
 * the error is added to the result under "error". */
bool order_run(App *app, Order *order, Outcome *ret_outcome, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Adds an error to a JSON object as its last member, "error". */
void outcome_add_error(GString *object, const GError *failure);

/* What a document is, by how it begins. */
typedef struct DocumentKind {
	const char *begins, *type, *suffix;
} DocumentKind;

const DocumentKind *document_kind(const GString *text);
