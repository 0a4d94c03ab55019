/* module.c - the table that the program loads the room by.
 */
#include <print/module.h>

const PrintModule *followup_print_module(void)
{
	static const PrintModule module = {
		.version = PRINT_MODULE_VERSION,
		.paper_of_card = paper_of_card,
		.paper_of_envelope = paper_of_envelope,
		.card_print = card_print,
		.call_sheet_print = call_sheet_print,
	};
	return &module;
}
