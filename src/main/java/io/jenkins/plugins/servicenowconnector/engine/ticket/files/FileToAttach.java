package io.jenkins.plugins.servicenowconnector.engine.ticket.files;

import io.jenkins.plugins.servicenowconnector.engine.http.LocalFile;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.StreamedBody;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * A file that is to be attached, checked.
 *
 * @param name the name it gets there, without folders
 * @param contentType the type that is stored with it
 * @param content its bytes, wherever they are
 * @param hash says what its content is
 */
public record FileToAttach(String name, String contentType, StreamedBody content, Hash hash) {

    /** The SHA-256 of a file's content, asked for only where a file of the same name and size is there already. */
    @FunctionalInterface
    public interface Hash {

        /** The hash in lower-case hex, computed on the node where the file is, so that its bytes do not travel for it. */
        String sha256() throws IOException, InterruptedException;
    }

    /** What the field {@code sys_attachment.file_name} holds on instances that have not shortened it. */
    private static final int LONGEST_NAME = 255;

    /** The types that a person can open in the browser; anything else is stored as bytes. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("txt", "text/plain"),
            Map.entry("log", "text/plain"),
            Map.entry("md", "text/plain"),
            Map.entry("csv", "text/csv"),
            Map.entry("htm", "text/html"),
            Map.entry("html", "text/html"),
            Map.entry("xml", "application/xml"),
            Map.entry("json", "application/json"),
            Map.entry("yaml", "application/yaml"),
            Map.entry("yml", "application/yaml"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("zip", "application/zip"),
            Map.entry("gz", "application/gzip"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("svg", "image/svg+xml"));

    /**
     * A file under its own name, with the type that its extension stands for.
     *
     * @throws ServiceNowException bad input that names {@code files}, if ServiceNow could not store the name
     */
    public static FileToAttach of(StreamedBody content, Hash hash) throws ServiceNowException {
        String name = content.name();
        if (name.isBlank()) {
            throw ServiceNowException.badInput("files", "holds a file without a name.");
        }
        boolean isOneName = name.chars().noneMatch(each -> Character.isISOControl(each) || each == '/' || each == '\\');
        if (!isOneName) {
            throw ServiceNowException.badInput(
                    "files",
                    "holds a file whose name '" + name.replaceAll("\\p{Cntrl}", "?")
                            + "' has a slash or a control character; rename it.");
        }
        if (name.length() > LONGEST_NAME) {
            throw ServiceNowException.badInput(
                    "files",
                    "holds a file whose name is longer than " + LONGEST_NAME + " characters: '" + name.substring(0, 40)
                            + "…'.");
        }
        return new FileToAttach(name, type(name), content, hash);
    }

    /** A file on this node's own disk. */
    public static FileToAttach of(LocalFile file) throws ServiceNowException {
        return of(file, file::sha256);
    }

    long size() {
        return content.size();
    }

    private static String type(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }
}
