/* schema.h - an op's parameters as a JSON Schema, and its example command lines as the JSON that asks for the same.
 *
 * What order.h takes is what this describes; both go by the table of ops.
 */
#pragma once

#include <app/op.h>
#include <base/json-out.h>

/* Who is told: the API knows all parameters; a proposer none that name a place on this machine. */
typedef enum { SCHEMA_API, SCHEMA_PROPOSER } SchemaFor;

/* Writes the schema of the object of all parameters. */
void schema_write_params(JsonOut *out, const Op *op, SchemaFor who);

/* Writes the schema of one value of a parameter, with its description. */
void schema_write_value(JsonOut *out, const Op *op, const OpParam *param);

/* Writes the parameters of an example command line of the op as a JSON object; false, and nothing is written, where it
 * is none that can be asked for so (another op, something piped in from a file). */
bool schema_write_example(JsonOut *out, const Op *op, const char *line);
