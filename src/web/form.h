/* form.h - an op's parameters as a form, and a form as an op's parameters: both by the op table.
 */
#pragma once

#include "request.h"

#include <app/app.h>
#include <base/mustache.h>

/* How the desk may use an op. */
typedef enum {
	FORM_RUN,  /* as it is */
	FORM_SLOW, /* it talks to a server: in a process of its own */
	FORM_NOT,  /* it goes on for ever, or is about this machine: the command line's alone */
} FormUse;

FormUse form_use(const Op *op);

/* True for a parameter that names a file to write: a page gets it as a download instead. */
bool form_is_output(const Op *op, const OpParam *param);

/* Takes what was posted: fields named as the parameters, empty ones left out; of a parameter that may be given more
 * than once every field, and every line of it. Fields that are no parameter are left alone. INVALID in one sentence. */
bool form_take(const Op *op, const GPtrArray *fields, OpArgs **ret_args, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The op for a template: {{op}} {{summary}} {{help}} {{#fields}}…{{/fields}}, with the values that fields hold. where:
 * the parameter that is wrong, or NULL. */
MustacheValue *form_describe(const Op *op, const GPtrArray *fields, const char *where);
