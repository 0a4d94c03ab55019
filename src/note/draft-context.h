/* draft-context.h - the variables of the templates, filled for one reader.
 */
#pragma once

#include "draft-substance.h"

#include <base/mustache.h>

/* A gap as a note shows it: "[[what]]". */
#define GAP_OPEN "[["
#define GAP_CLOSE "]]"

/* An object that has every variable of template_list_variables. The caller owns it. */
MustacheValue *context_new(const Substance *substance);
