package io.jenkins.plugins.servicenowconnector.engine.ticket.files;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Attachment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The files that a ticket has, and whether another one is among them: by name, size and hash. */
final class AttachedFiles {

    private final List<Attachment> files;

    AttachedFiles(Collection<Attachment> files) {
        this.files = new ArrayList<>(files);
    }

    void add(Attachment stored) {
        files.add(stored);
    }

    /** Whether there is one of that name, whatever its content. */
    boolean hasName(String name) {
        return files.stream().anyMatch(each -> each.fileName().equals(name));
    }

    /**
     * The attachment that is this file already.
     *
     * <p>Where ServiceNow gives no hash, name and size must do: it computes hashes some time after the upload, and what that
     * depends on is not documented (servicenow-rest §4).
     *
     * @return the attachment; null if there is none
     */
    Attachment find(FileToAttach file) throws ServiceNowException, InterruptedException {
        List<Attachment> alike = files.stream()
                .filter(each -> each.fileName().equals(file.name()) && each.size() == file.size())
                .toList();
        Attachment unproven = null;
        String hash = "";
        for (Attachment each : alike) {
            if (each.hash().isEmpty()) {
                unproven = each;
                continue;
            }
            hash = hash.isEmpty() ? hash(file) : hash;
            if (each.hash().equals(hash)) {
                return each;
            }
        }
        return unproven;
    }

    private static String hash(FileToAttach file) throws ServiceNowException, InterruptedException {
        try {
            return file.hash().sha256();
        } catch (IOException e) {
            throw ServiceNowException.noAnswer(
                    Kind.BAD_INPUT,
                    "The file '" + file.name() + "' could not be read where it is: " + e.getMessage() + ".",
                    false,
                    e);
        }
    }
}
