/* module.h - the room's one door when it is loaded at run time.
 *
 * Fonts take longer to load than most commands take to run, so the room is a shared module that main opens when a
 * command first needs it (followup-print.so, never closed again).  It exports one symbol; everything is called
 * through the struct behind it, whose members do what the functions of the same name in the other headers say.
 */
#pragma once

#include <print/call-sheet.h>
#include <print/card.h>

/* Raised with every change of the struct. */
#define PRINT_MODULE_VERSION 1
#define PRINT_MODULE_FILE "followup-print.so"
#define PRINT_MODULE_SYMBOL "followup_print_module"

typedef struct PrintModule {
	unsigned version;
	Paper (*paper_of_card)(CardSize size);
	Paper (*paper_of_envelope)(EnvelopeSize size);
	bool (*card_print)(const CardRequest *request, GString **ret_pdf, CardReport *ret_report, GError **error);
	bool (*call_sheet_print)(const CallSheet *sheet, GString **ret_pdf, int *ret_pages, GError **error);
} PrintModule;

typedef const PrintModule *(*PrintModuleFunction)(void);

__attribute__((visibility("default"))) const PrintModule *followup_print_module(void);
