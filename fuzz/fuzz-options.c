/* fuzz-options.c - any text as the value of any option of any command: refused in one sentence, or within its bounds.
 *
 * The first byte picks the command; every line after it is the value of the next parameter.
 */
#include <app/op.h>

#include <base/limits.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_value(OpArgs *args, const OpParam *param, const char *value)
{
	g_autoptr(GError) error = NULL;
	if (!op_args_take(args, param, param->type == PARAM_FLAG ? NULL : value, &error)) {
		if (error == NULL || strchr(error->message, '\n') != NULL || !g_utf8_validate(error->message, -1, NULL))
			abort();
		return;
	}
	if (strlen(op_args_get(args, param->name)) > LIMIT_NOTE_BYTES)
		abort();
	if (param->type == PARAM_INT || param->type == PARAM_DURATION)
		(void)op_args_get_int(args, param->name, 0);
	if (param->type == PARAM_WORD && op_args_get_choice(args, param->name) < 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int count = 0;
	while (op_table()[count].name != NULL)
		count++;
	if (size == 0)
		return 0;
	const Op *op = &op_table()[data[0] % count];
	g_autoptr(OpArgs) args = op_args_new(op);
	g_autofree char *text = g_strndup((const char *)data + 1, size - 1);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	const OpParam *param = op->params;
	for (char **line = lines; *line != NULL && param->name != NULL; line++, param++)
		try_value(args, param, *line);
	(void)!op_args_check(args, NULL);
	return 0;
}
