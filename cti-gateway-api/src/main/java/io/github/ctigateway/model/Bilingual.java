package io.github.ctigateway.model;

import java.util.Locale;

/** A text in both of the library's languages. */
record Bilingual(String english, String chinese) {
    String in(Locale locale) {
        return locale.getLanguage().equals("zh") ? chinese : english;
    }
}
