package io.github.ctigateway.esl.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Values that break careless writers of XML, and seeded random ones. */
public final class HostileText {
    private static final int RANDOM_VALUES = 2_000;
    private static final long SEED = 20_261_122;
    private static final String PIECES = "<>&\"'$${}%\\;|,:-_ \t\n\rabcXPZ09~^[]()=!#@中文é😀";

    private HostileText() {}

    /** The same list each time. None is empty, and none begins with FreeSWITCH's mark of an array. */
    public static List<String> all() {
        List<String> values = new ArrayList<>(List.of(
                "a\"b",
                "a'b",
                "a&b",
                "a&amp;b",
                "a<b>c",
                "]]>",
                "<![CDATA[x]]>",
                "<!-- x -->",
                "-->",
                "<!--#include x -->",
                "<?xml version=\"1.0\"?>",
                "<?",
                "?>",
                "<include>",
                "</include>",
                "<X-PRE-PROCESS cmd=\"set\" data=\"a=b\"/>",
                "X-PRE-PROCESS",
                "x-pre-process",
                "$${domain}",
                "$${nosuch}",
                "${domain}",
                "$$",
                "${",
                "$${",
                "a$${domain}b",
                "&#65;",
                "&#x41;",
                "&nosuch;",
                "%41",
                "%",
                "\\",
                "\\n",
                "a\nb",
                "a\r\nb",
                "a\tb",
                " leading",
                "trailing ",
                "  ",
                "中文",
                "😀",
                "é",
                "'",
                "\"",
                "a|:b",
                "{a=b}",
                "[a=b]",
                "^^:a:b",
                "_undef_",
                "0",
                "true"));
        Random random = new Random(SEED);
        int[] alphabet = PIECES.codePoints().toArray();
        for (int i = 0; i < RANDOM_VALUES; i++) {
            int length = 1 + random.nextInt(24);
            StringBuilder out = new StringBuilder();
            for (int j = 0; j < length; j++) {
                out.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
            }
            values.add(out.toString());
        }
        return values;
    }
}
