package io.jenkins.plugins.servicenowconnector.engine.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file on the disk of the node that makes the call.
 *
 * @param path the absolute path there, as text: a {@code Path} does not travel
 * @param name the file's own name, without folders
 * @param size how many bytes it had when it was looked at
 */
public record LocalFile(String path, String name, long size) implements StreamedBody {

    private static final int BLOCK = 64 * 1024;

    /** The file as it is now. */
    public static LocalFile of(Path file) throws IOException {
        Path name = file.getFileName();
        return new LocalFile(file.toAbsolutePath().toString(), name == null ? "" : name.toString(), Files.size(file));
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(Path.of(path));
    }

    /** The file's SHA-256 as ServiceNow writes it, in lower-case hex; to be called on the node where the file is. */
    public String sha256() throws IOException {
        try (InputStream in = open()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[BLOCK];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
