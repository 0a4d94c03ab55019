/* form.h - an op's parameters as a form, and a form as an op's parameters: both by the op table.
 */
#pragma once

#include "request.h"

#include <app/app.h>
#include <base/mustache.h>

/* Takes what was posted: fields named as the parameters, empty ones left out; of a parameter that may be given more
 * than once every field, and every line of it. Fields that are no parameter are left alone; a file is what was sent as
 * one. INVALID in one sentence. */
bool form_take(const Op *op, const GPtrArray *fields, OpArgs **ret_args, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The op for a template: {{op}} {{summary}} {{help}} {{#fields}}…{{/fields}}, with the values that fields hold. where:
 * the parameter that is wrong, or NULL. */
MustacheValue *form_describe(const Op *op, const GPtrArray *fields, const char *where);
