package io.github.ctigateway.xml.internal;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.xml.GatewayXmlException;
import io.github.ctigateway.xml.GatewayXmlReader;
import io.github.ctigateway.xml.GatewayXmlWriter;
import io.github.ctigateway.xml.XmlImport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The name and content of the file of one gateway, and how a file of ours is known. */
public final class GatewayFiles {
    static final String PREFIX = "cti-gateway_";
    static final String SUFFIX = ".xml";
    /** Never changed: older files must stay known. */
    private static final String MARK = "<!-- Written by cti-gateway,";

    private static final String NOTICE = MARK + " which replaces and removes it. Edit the store instead. -->\n";
    private static final int LONGEST_STEM = 120;

    private GatewayFiles() {}

    /**
     * The file of a gateway. The prefix keeps names such as {@code con} and {@code .hidden} harmless; whatever a file system may not
     * keep apart (upper case), not take, or not be long enough for is written another way, so no two gateways share a file.
     */
    public static String fileName(String gateway) {
        StringBuilder stem = new StringBuilder(gateway.length() + 8);
        for (int i = 0; i < gateway.length(); i++) {
            char c = gateway.charAt(i);
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.') {
                stem.append(c);
            } else if (c >= 'A' && c <= 'Z') {
                stem.append('+').append((char) (c + 32));
            } else {
                stem.append('=').append(String.format("%04x", (int) c));
            }
        }
        if (stem.length() > LONGEST_STEM) {
            stem.setLength(LONGEST_STEM / 2);
            stem.append("++").append(hash(gateway));
        }
        return PREFIX + stem + SUFFIX;
    }

    /** The file's text. */
    public static String content(Gateway gateway) {
        return NOTICE + GatewayXmlWriter.render(gateway);
    }

    /** The gateway of a file that we wrote; empty when there is no such file or somebody else wrote it. */
    public static Optional<Gateway> read(Path file) throws IOException {
        Optional<byte[]> content = bytes(file);
        return content.isPresent() ? parse(file, content.get()) : Optional.empty();
    }

    /** The bytes of a regular file; empty when there is none. */
    static Optional<byte[]> bytes(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException removedMeanwhile) {
            return Optional.empty();
        }
    }

    /** As {@link #read}, of a file with this content. */
    static Optional<Gateway> parse(Path file, byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        if (!text.startsWith(MARK)) {
            return Optional.empty();
        }
        try {
            XmlImport found = GatewayXmlReader.create().read(text);
            if (found.gateways().size() != 1 || !found.findings().isEmpty()) {
                return Optional.empty();
            }
            Gateway gateway = found.gateways().get(0);
            boolean named = file.endsWith(fileName(gateway.name()));
            return named ? Optional.of(gateway) : Optional.empty();
        } catch (GatewayXmlException edited) {
            return Optional.empty();
        }
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_16BE));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
