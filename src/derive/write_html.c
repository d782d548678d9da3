/* A derivation as a page of HTML: one file, nothing fetched, nothing that runs. */
#include "document.h"

#include "draw.h"
#include "math_mathml.h"
#include "xml.h"

#include "base/out_of_memory.h"

enum {
    MOST_COLUMNS = 84 /* of one line: what is longer is broken, so that it can be printed, too */
};

/* Of a page by itself; the rest may stand in the page of somebody else. */
static const char page_style[] = "html{color-scheme:light dark}\n"
                                 "body{margin:0;background:#fff;color:#1f2328}\n"
                                 "@media screen and (prefers-color-scheme:dark){\n"
                                 "body{background:#0d1117;color:#e6edf3}\n"
                                 "}\n"
                                 "@media print{\n"
                                 "html{color-scheme:light}\n"
                                 "body{background:none;color:#000;font-size:10pt}\n"
                                 "}\n";

/* What is too wide scrolls by itself, and a page of paper shows all of it. */
static const char style[] =
    ".mlpstep{max-width:60rem;margin:0 auto;padding:1rem;line-height:1.5;"
    "font-family:Charter,Georgia,Cambria,serif;overflow-wrap:anywhere}\n"
    ".mlpstep :is(h1,h2,h3,p,.scroll){max-width:100%;overflow-x:auto;overflow-y:hidden}\n"
    ".mlpstep h2{margin-top:2em;border-bottom:1px solid rgba(128,128,128,.5)}\n"
    ".mlpstep h3{margin:1.5em 0 .5em}\n"
    ".mlpstep code,.mlpstep .code{font-family:ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',"
    "monospace;font-size:.9em}\n"
    ".mlpstep .equation{display:flex;flex-wrap:wrap;align-items:center;gap:0 2em;"
    "margin:.4em 0 .4em 2em}\n"
    ".mlpstep .element{margin-left:4em}\n"
    ".mlpstep mi.name{font-style:italic}\n"
    ".mlpstep mtable{width:max-content}\n"
    ".mlpstep .chain>mtr>mtd{padding:.35em .12em;text-align:left}\n"
    ".mlpstep .chain>mtr>mtd:first-child{text-align:right}\n"
    ".mlpstep .chain>mtr>mtd.remark{padding-left:1.5em}\n"
    ".mlpstep .remark{opacity:.8}\n"
    ".mlpstep .cases>mtr>mtd{text-align:left}\n"
    ".mlpstep .blank{border:1px solid;border-radius:2px;margin:0 .15em}\n"
    ".mlpstep table{border-collapse:collapse}\n"
    ".mlpstep :is(th,td){border:1px solid rgba(128,128,128,.5);padding:.2em .7em;text-align:left;"
    "min-width:4em}\n"
    ".mlpstep figure{margin:1em 0}\n"
    "@media (max-width:40rem){\n"
    ".mlpstep .equation{margin-left:0}\n"
    ".mlpstep .element{margin-left:1em}\n"
    "}\n"
    "@media print{\n"
    ".mlpstep{max-width:none;padding:0}\n"
    ".mlpstep :is(h1,h2,h3,p,.scroll){overflow:visible}\n"
    ".mlpstep :is(h1,h2,h3){break-after:avoid}\n"
    ".mlpstep :is(.equation,tr,figure){break-inside:avoid}\n"
    ".mlpstep svg{max-width:100%;height:auto}\n"
    "}\n";

/* --- words and mathematics in one line, which may be broken between them --- */

static bool has_words(const math *m) {
    bool found = m->kind == MATH_WORDS || m->kind == MATH_CODE;
    for (size_t i = 0; m->kind == MATH_ROW && i < m->count && !found; i++)
        found = has_words(m->parts[i]);
    return found;
}

static void be_in_math(FILE *out, bool *is_in, bool wanted) {
    if (*is_in != wanted)
        fputs(wanted ? "<math>" : "</math>", out);
    *is_in = wanted;
}

static void write_mixed(FILE *out, const math *m, bool *in_math) {
    if (m->kind == MATH_WORDS || m->kind == MATH_CODE) {
        be_in_math(out, in_math, false);
        fputs(m->kind == MATH_CODE ? "<code>" : "", out);
        xml_write(out, m->text);
        fputs(m->kind == MATH_CODE ? "</code>" : "", out);
    } else if (m->kind == MATH_ROW && has_words(m)) {
        for (size_t i = 0; i < m->count; i++)
            if (has_words(m->parts[i])) {
                write_mixed(out, m->parts[i], in_math);
            } else {
                be_in_math(out, in_math, true);
                mathml_write_part(out, m, i);
            }
    } else {
        be_in_math(out, in_math, true);
        mathml_write(out, m);
    }
}

static void write_line(FILE *out, const math *m) {
    bool in_math = false;
    write_mixed(out, m, &in_math);
    be_in_math(out, &in_math, false);
}

static void write_lines(FILE *out, const char *element, const block *b) {
    fprintf(out, "<%s>", element);
    for (size_t i = 0; i < b->count; i++)
        write_line(out, b->sides[i]);
    fprintf(out, "</%s>\n", element);
}

/* --- equations: a side a line, aligned at their = --- */

static bool is_between_terms(const math *row, size_t i) {
    const math *sign = row->parts[i];
    return i > 0 && row->parts[i - 1]->kind != MATH_SIGN && sign->kind == MATH_SIGN &&
           (sign->sign == MATH_PLUS || sign->sign == MATH_MINUS);
}

/* How far from the part `from` on the row fits into one line: to before a + or a -. */
static size_t fitting_parts(const math *row, size_t from) {
    size_t columns = 0, end = row->count;
    for (size_t i = from; i < row->count; i++) {
        if (i > from && is_between_terms(row, i))
            end = i;
        columns += mathml_columns(row->parts[i]);
        if (columns > MOST_COLUMNS && end < row->count)
            return end;
    }
    return row->count;
}

/* In its cell, and in those below where it is long. */
static void write_side(FILE *out, const math *side) {
    fputs("<mtd>", out);
    if (side->kind == MATH_ROW && mathml_columns(side) > MOST_COLUMNS) {
        for (size_t i = 0, end; i < side->count;) {
            fputs(i ? "</mtd></mtr>\n<mtr><mtd></mtd><mtd></mtd><mtd><mspace width=\"1em\"/>" : "",
                  out);
            for (end = fitting_parts(side, i); i < end; i++)
                mathml_write_part(out, side, i);
        }
    } else {
        mathml_write(out, side);
    }
    fputs("</mtd>", out);
}

static math_sign sign_before(const block *b, size_t side) {
    return b->becomes && side == 1 ? MATH_BECOMES : MATH_EQUAL;
}

static void write_sign(FILE *out, const block *b, size_t side) {
    fputs("<mtd>", out);
    mathml_write_sign(out, sign_before(b, side));
    fputs("</mtd>", out);
}

static void write_sides_below(FILE *out, const block *b) {
    fputs("<mtr><mtd>", out);
    mathml_write(out, b->sides[0]);
    fputs("</mtd>", out);
    for (size_t i = 1; i < b->count; i++) {
        fputs(i > 1 ? "</mtr>\n<mtr><mtd></mtd>" : "", out);
        write_sign(out, b, i);
        write_side(out, b->sides[i]);
    }
}

/* With a place for the remark behind as many sides. */
static void write_sides_beside(FILE *out, const block *b, size_t sides) {
    fputs("<mtr><mtd>", out);
    mathml_write(out, b->sides[0]);
    fputs("</mtd>", out);
    for (size_t i = 1; i < b->count; i++) {
        write_sign(out, b, i);
        fputs("<mtd>", out);
        mathml_write(out, b->sides[i]);
        fputs("</mtd>", out);
    }
    for (size_t i = b->count; b->remark && i < sides; i++)
        fputs("<mtd></mtd><mtd></mtd>", out);
}

static void begin_chain(FILE *out, const char *classes) {
    fprintf(out,
            "<div class=\"%s\"><div class=\"scroll\"><math>"
            "<mtable displaystyle=\"true\" class=\"chain\">\n",
            classes);
}

static void end_chain(FILE *out) {
    fputs("</mtable></math></div>", out);
}

static void write_equation(FILE *out, const block *b) {
    begin_chain(out, "equation");
    write_sides_below(out, b);
    fputs("</mtr>\n", out);
    end_chain(out);
    if (b->remark) {
        fputs("<span class=\"remark\">", out);
        write_line(out, b->remark);
        fputs("</span>", out);
    }
    fputs("</div>\n", out);
}

/* --- elements: a line each, aligned at all of their =, if there is room --- */

static const block *behind_elements(const block *b) {
    while (b && b->kind == BLOCK_ELEMENT)
        b = b->next;
    return b;
}

static size_t most_sides(const block *from, const block *to) {
    size_t most = 0;
    for (; from != to; from = from->next)
        most = from->count > most ? from->count : most;
    return most;
}

static size_t side_columns(const block *from, const block *to, size_t side) {
    size_t most = 0;
    for (; from != to; from = from->next) {
        const size_t columns = side < from->count ? mathml_columns(from->sides[side]) : 0;
        most = columns > most ? columns : most;
    }
    return most;
}

static void write_elements(FILE *out, const block *from, const block *to) {
    const size_t sides = most_sides(from, to);
    size_t columns = 0;
    for (size_t i = 0; i < sides; i++)
        columns += side_columns(from, to, i) + 3;
    begin_chain(out, "equation element");
    for (; from != to; from = from->next) {
        if (columns > MOST_COLUMNS)
            write_sides_below(out, from);
        else
            write_sides_beside(out, from, sides);
        if (from->remark) {
            fputs("<mtd class=\"remark\">", out);
            mathml_write(out, from->remark);
            fputs("</mtd>", out);
        }
        fputs("</mtr>\n", out);
    }
    end_chain(out);
    fputs("</div>\n", out);
}

/* --- tables and the picture --- */

static void write_table(FILE *out, const block *b) {
    fputs("<div class=\"scroll\"><table>\n", out);
    for (size_t i = 0, columns = b->columns ? b->columns : 1; i < b->count; i++) {
        const bool heads = i < columns;
        fputs(i % columns == 0 ? "<tr>" : "", out);
        fputs(heads ? "<th scope=\"col\">" : "<td>", out);
        write_line(out, b->sides[i]);
        fputs(heads ? "</th>" : "</td>", out);
        fputs((i + 1) % columns == 0 ? "</tr>\n" : "", out);
    }
    fputs("</table></div>\n", out);
}

static void write_picture(FILE *out, const picture *p) {
    fputs("<figure class=\"scroll\">\n", out);
    picture_write(out, p);
    fputs("</figure>\n", out);
}

/* --- the page --- */

/* Returns the block behind it; elements are written together. */
static const block *write_block(FILE *out, const block *b, const picture *p) {
    switch (b->kind) {
    case BLOCK_TITLE:
        write_lines(out, "h1", b);
        break;
    case BLOCK_HEADING:
        write_lines(out, "h2", b);
        break;
    case BLOCK_TOPIC:
        write_lines(out, "h3", b);
        break;
    case BLOCK_WORDS:
        write_lines(out, "p", b);
        break;
    case BLOCK_EQUATION:
        write_equation(out, b);
        break;
    case BLOCK_ELEMENT:
        write_elements(out, b, behind_elements(b));
        return behind_elements(b);
    case BLOCK_TABLE:
        write_table(out, b);
        break;
    case BLOCK_PICTURE:
        if (p)
            write_picture(out, p);
        break;
    }
    return b->next;
}

static const block *find_block(const document *d, block_kind kind) {
    const block *b = d->first;
    while (b && b->kind != kind)
        b = b->next;
    return b;
}

/* What a tab of the browser shows: no elements. */
static void write_plain(FILE *out, const math *m) {
    if (m->text)
        xml_write(out, m->text);
    for (size_t i = 0; i < m->count; i++)
        write_plain(out, m->parts[i]);
}

static void write_head(FILE *out, const document *d) {
    const block *title = find_block(d, BLOCK_TITLE);
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
          out);
    if (title)
        for (size_t i = 0; i < title->count; i++)
            write_plain(out, title->sides[i]);
    else
        fputs("Derivation", out);
    fprintf(out, "</title>\n<style>\n%s%s</style>\n</head>\n<body>\n", page_style, style);
}

/* A computation that is too large to be drawn is derived all the same. */
static bool make_picture(picture *p, bool *drawn, const document *d, mlp_diagnostic *error) {
    *drawn = false;
    if (!d->trace || !find_block(d, BLOCK_PICTURE))
        return true;
    const mlp_graph_options options = {.format = MLP_GRAPH_SVG, .precision = d->precision};
    *drawn = picture_make(p, d->trace, &options, error);
    return *drawn || !mlp_arena_starved(d->trace->arena);
}

bool write_html(FILE *out, const document *d, const form_options *options, mlp_diagnostic *error) {
    picture p;
    bool drawn;
    if (d->failed)
        return out_of_memory(error, d->arena, "the derivation needs");
    if (!make_picture(&p, &drawn, d, error))
        return false;
    if (!options->fragment)
        write_head(out, d);
    fputs("<article class=\"mlpstep\">\n", out);
    if (options->fragment)
        fprintf(out, "<style>\n%s</style>\n", style);
    for (const block *b = d->first; b;)
        b = write_block(out, b, drawn ? &p : NULL);
    fputs("</article>\n", out);
    if (!options->fragment)
        fputs("</body>\n</html>\n", out);
    return true;
}
