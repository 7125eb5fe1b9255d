package io.github.ctigateway.examples.cli;

/** The languages of findings and explanations; the constants are the words of {@code --lang}. */
enum Language {
    en,
    zh
}
