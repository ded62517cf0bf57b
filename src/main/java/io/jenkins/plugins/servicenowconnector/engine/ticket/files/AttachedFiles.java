package io.jenkins.plugins.servicenowconnector.engine.ticket.files;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Attachment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files that a ticket has, and whether another one is among them: by name, size and hash.
 *
 * <p>ServiceNow computes hashes some time after an upload (servicenow-rest §4). Of what was sent from here the file itself is
 * remembered, so that its content can be compared although nobody gives a hash of it yet.
 */
final class AttachedFiles {

    private final Map<String, FileToAttach> sent = new HashMap<>();
    private List<Attachment> files;

    AttachedFiles(Collection<Attachment> files) {
        renew(files);
    }

    /** Replaces what is known by what is there now. */
    void renew(Collection<Attachment> now) {
        files = new ArrayList<>(now);
    }

    /** Remembers that a file was sent, and what was stored of it. */
    void add(Attachment stored, FileToAttach file) {
        files.add(stored);
        sent.put(stored.sysId(), file);
    }

    /** Whether there is one of that name, whatever its content. */
    boolean hasName(String name) {
        return files.stream().anyMatch(each -> each.fileName().equals(name));
    }

    /** Whether there is one that might be this file, and nothing tells what it holds. */
    boolean mayHold(FileToAttach file) {
        return alike(file).anyMatch(each -> each.hash().isEmpty() && !sent.containsKey(each.sysId()));
    }

    /**
     * The attachment that has the name, the size and the content of this file.
     *
     * @return the attachment; null if there is none of which that is known
     */
    Attachment find(FileToAttach file) throws ServiceNowException, InterruptedException {
        String hash = "";
        for (Attachment each : alike(file).toList()) {
            if (each.hash().isEmpty() && !sent.containsKey(each.sysId())) {
                continue;
            }
            hash = hash.isEmpty() ? hash(file) : hash;
            if (hash.equals(hash(each))) {
                return each;
            }
        }
        return null;
    }

    /**
     * The attachment that came after these and is this file, as far as name, size and, if there is one, hash tell.
     *
     * @param now what is there now
     * @return the attachment; null if there is none
     */
    Attachment findNew(FileToAttach file, AttachedFiles now) throws ServiceNowException, InterruptedException {
        Attachment proven = now.find(file);
        return proven != null
                ? proven
                : now.alike(file)
                        .filter(each -> each.hash().isEmpty() && !has(each.sysId()))
                        .findFirst()
                        .orElse(null);
    }

    private boolean has(String sysId) {
        return files.stream().anyMatch(each -> each.sysId().equals(sysId));
    }

    private Stream<Attachment> alike(FileToAttach file) {
        return files.stream().filter(each -> each.fileName().equals(file.name()) && each.size() == file.size());
    }

    /** Of an attachment; empty if nobody can tell any more. */
    private String hash(Attachment attachment) throws InterruptedException {
        if (!attachment.hash().isEmpty()) {
            return attachment.hash();
        }
        try {
            return sent.get(attachment.sysId()).hash().sha256();
        } catch (IOException e) {
            // a file that was attached may be gone; what cannot be compared counts as another one
            return "";
        }
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
