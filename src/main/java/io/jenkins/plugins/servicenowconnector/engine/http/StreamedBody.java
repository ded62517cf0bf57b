package io.jenkins.plugins.servicenowconnector.engine.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.io.Serializable;

/**
 * A body of known size that is read while it is sent, so that it never stands in memory as a whole.
 *
 * <p>It crosses the channel with its request, so what is serialised must lead to the bytes from there: {@link LocalFile} is a
 * path on the node that makes the call; a file on another node is something that reads its blocks over the channel. Only the
 * node that makes the call opens it.
 */
public interface StreamedBody extends Serializable {

    /** The node where the bytes are cannot be reached now; any other failure to read them will be the same next time. */
    final class UnreachableException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        public UnreachableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** What an error calls it: a file's name. */
    String name();

    /** How many bytes {@link #open()} gives: a stream that gives fewer or more is never sent as whole. */
    long size();

    /**
     * Opens it at its start. It may be opened again for the same request: when an access token had to be renewed, and when a
     * call is repeated after a doubt.
     *
     * @return a stream that the caller closes, maybe from another thread than the one that reads; if it cannot reach the bytes'
     *     own node, it fails with {@link UnreachableException}
     */
    InputStream open() throws IOException;
}
