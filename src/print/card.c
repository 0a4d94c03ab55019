/* card.c - cards on their pages, then their envelopes.
 */
#include <print/card.h>

#include "card-text.h"
#include "envelope.h"

#include <base/error.h>
#include <math.h>

/* One document being made. */
typedef struct Job {
	const CardRequest *request;
	Pdf *pdf;
	CardReport report;
} Job;

static CardBox inner_box(const CardBox *card)
{
	double margin = 12 * POINTS_PER_MM;
	return (CardBox){card->x + margin, card->y + margin, card->width - 2 * margin, card->height - 2 * margin};
}

static bool refuse_long(
	const Card *card, const CardText *text, const CardBox *box, const CardRequest *request, GError **error)
{
	return base_error_set(
		error, BASE_ERROR_CONFLICT, "text", "The card to %s has %u words, and about %u fit on %s; make it shorter.",
		card->name, text->words, card_text_room(box), paper_of_card(request->size).name);
}

/* The card itself, or the model of it. */
static bool show_text(Job *job, const Card *card, const CardBox *place, GError **error)
{
	CardBox box = inner_box(place);
	g_autoptr(CardText) text = card_text_new(job->pdf, card->text);
	if (!card_text_fit(text, &box))
		return refuse_long(card, text, &box, job->request, error);
	pdf_ink(job->pdf, job->request->ruled ? INK_SOFT : INK_BLUE);
	card_text_show(text, &box);
	if (job->report.type_size == 0 || text->size < job->report.type_size)
		job->report.type_size = text->size;
	return true;
}

/* Lines for a hand that writes a word on about two centimetres; as many as the text takes, if they are not too narrow.
 */
static void show_lines(Job *job, const Card *card, const CardBox *place)
{
	const double narrowest = 6.2 * POINTS_PER_MM, widest = 9 * POINTS_PER_MM, letter = 2.5 * POINTS_PER_MM;
	enum { LINES_FOR_FORM = 4 }; /* the greeting, the closing words, the name, and what paragraphs leave empty */
	CardBox box = inner_box(place);
	double letters = (double)g_utf8_strlen(card->text, -1);
	double lines = ceil(letters * letter / box.width) + LINES_FOR_FORM;
	double spacing = CLAMP(box.height / lines, narrowest, widest);
	pdf_ink(job->pdf, INK_FAINT);
	for (double y = box.y + spacing; y <= box.y + box.height + 0.1; y += spacing)
		pdf_rule(job->pdf, box.x, y, box.x + box.width, y, 0.5);
}

/* Whom a model is for, where it is not to be cut into the card. */
static void show_caption(Job *job, const Card *card, const CardBox *place)
{
	g_autofree char *words = g_strdup_printf("The words for %s, to copy by hand", card->name);
	pdf_set_direction(job->pdf, words);
	PangoFontDescription *face = pdf_face(job->pdf, FACE_PLAIN, words);
	PangoLayout *layout = pdf_layout(job->pdf, face, words, 7, place->width * 0.8);
	pango_layout_set_height(layout, -1);
	pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	pdf_ink(job->pdf, INK_SOFT);
	pdf_show(job->pdf, layout, place->x + 12 * POINTS_PER_MM, place->y + place->height - 7.5 * POINTS_PER_MM);
	g_object_unref(layout);
	pango_font_description_free(face);
}

/* Where to cut: short lines at the edges and a cross in the middle, none of them on a card once it is cut. */
static void show_cut_marks(Job *job)
{
	Paper page = paper_of_card_page(job->request->size);
	const double reach = 9 * POINTS_PER_MM, cross = 3 * POINTS_PER_MM, thin = 0.3;
	double x = page.width / 2, y = page.height / 2;
	pdf_ink(job->pdf, INK_SOFT);
	pdf_rule(job->pdf, x, 0, x, reach, thin);
	pdf_rule(job->pdf, x, page.height - reach, x, page.height, thin);
	pdf_rule(job->pdf, 0, y, reach, y, thin);
	pdf_rule(job->pdf, page.width - reach, y, page.width, y, thin);
	pdf_rule(job->pdf, x - cross, y, x + cross, y, thin);
	pdf_rule(job->pdf, x, y - cross, x, y + cross, thin);
}

/* What stands in the nth place of all: the card; or, ruled, its model and then its lines. */
static bool show_place(Job *job, guint number, const CardBox *place, GError **error)
{
	bool ruled = job->request->ruled, model = ruled && number % 2 == 0;
	const Card *card = &job->request->cards[ruled ? number / 2 : number];
	if (ruled && !model) {
		show_lines(job, card, place);
		return true;
	}
	if (model)
		show_caption(job, card, place);
	return show_text(job, card, place, error);
}

static bool show_page(Job *job, guint first, guint count, GError **error)
{
	Paper page = paper_of_card_page(job->request->size), card = paper_of_card(job->request->size);
	pdf_begin_page(job->pdf, page.width, page.height);
	if (paper_cards_a_page(job->request->size) > 1)
		show_cut_marks(job);
	for (guint i = 0; i < count; i++) {
		CardBox place = {i % 2 * card.width, i / 2 * card.height, card.width, card.height};
		if (!show_place(job, first + i, &place, error))
			return false;
	}
	pdf_end_page(job->pdf);
	return true;
}

static bool show_cards(Job *job, GError **error)
{
	guint all = job->request->count * (job->request->ruled ? 2 : 1);
	guint a_page = (guint)paper_cards_a_page(job->request->size);
	for (guint first = 0; first < all; first += a_page)
		if (!show_page(job, first, MIN(a_page, all - first), error))
			return false;
	return true;
}

static bool choose_envelope(Job *job, GError **error)
{
	const CardRequest *request = job->request;
	EnvelopeSize size = request->envelope < 0 ? paper_fitting_envelope(request->size) : (EnvelopeSize)request->envelope;
	job->report.envelope = -1;
	if (!request->envelopes)
		return true;
	if (!paper_fits(request->size, size))
		return base_error_set(
			error, BASE_ERROR_CONFLICT, "envelope",
			"A card of %s does not go into an envelope of %s; %s would be right.", paper_of_card(request->size).name,
			paper_of_envelope(size).name, paper_of_envelope(paper_fitting_envelope(request->size)).name);
	job->report.envelope = (int)size;
	return true;
}

static void show_envelopes(Job *job)
{
	for (guint i = 0; i < job->request->count && job->report.envelope >= 0; i++) {
		const Card *card = &job->request->cards[i];
		if (card->address == NULL)
			continue;
		envelope_show(job->pdf, job->request, card, (EnvelopeSize)job->report.envelope);
		job->report.envelopes++;
	}
}

bool card_print(const CardRequest *request, GString **ret_pdf, CardReport *ret_report, GError **error)
{
	g_autoptr(Pdf) pdf = pdf_new(&request->info);
	Job job = {.request = request, .pdf = pdf};
	if (!choose_envelope(&job, error) || !show_cards(&job, error))
		return false;
	show_envelopes(&job);
	job.report.pages = pdf->pages;
	job.report.unknown = pdf->unknown;
	if (!pdf_finish(pdf, ret_pdf, error))
		return false;
	*ret_report = job.report;
	return true;
}
