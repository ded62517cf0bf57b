package io.jenkins.plugins.servicenowconnector.engine.http;

import io.jenkins.plugins.servicenowconnector.engine.http.MeasuredStream.SizeChangedException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.http.StreamedBody.UnreachableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.atomic.AtomicReference;

/** Sends a streamed body with its length in the head of the request, and says what went wrong with it. */
final class Upload implements AutoCloseable {

    private final StreamedBody body;
    private final AtomicReference<InputStream> first = new AtomicReference<>();
    private InputStream open = InputStream.nullInputStream();
    private boolean closed;
    private volatile Exception failure;

    Upload(StreamedBody body) {
        this.body = body;
    }

    /**
     * What the JDK's client sends.
     *
     * @throws ServiceNowException if the body cannot even be opened, so that there is no call at all
     */
    BodyPublisher publisher() throws ServiceNowException {
        InputStream opened = reopened();
        first.set(opened);
        if (body.size() == 0) {
            demandNothing(opened);
        }
        if (failure != null) {
            throw failure();
        }
        // the JDK refuses a publisher of a known size of nothing
        return body.size() == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::next), body.size());
    }

    private static void demandNothing(InputStream empty) {
        try {
            empty.read();
        } catch (IOException e) {
            // the stream has told it already
        }
    }

    private InputStream next() {
        InputStream stream = first.getAndSet(null);
        return stream == null ? reopened() : stream;
    }

    /** Opening can take its time where the file is on another node, so nobody is kept out meanwhile. */
    private InputStream reopened() {
        InputStream stream;
        try {
            stream = new MeasuredStream(body.open(), body.size(), this::remember);
        } catch (IOException | RuntimeException e) {
            remember(e);
            stream = InputStream.nullInputStream();
        }
        InputStream last;
        synchronized (this) {
            last = closed ? stream : open;
            open = closed ? open : stream;
        }
        close(last);
        return stream;
    }

    /** Once we have closed it ourselves, failing is what it shall do. */
    private synchronized void remember(Exception problem) {
        if (!closed) {
            failure = problem;
        }
    }

    /**
     * What was wrong with the body itself; null if nothing was. A body that was not whole cannot have been stored, so nothing
     * is in doubt then.
     */
    ServiceNowException failure() {
        Exception known = failure;
        if (known == null) {
            return null;
        }
        String file = "The file '" + body.name() + "' ";
        if (known instanceof SizeChangedException) {
            return notSent(
                    Kind.BAD_INPUT,
                    file + known.getMessage() + " while it was sent, so it was not sent as a whole; attach it when"
                            + " nothing writes to it any more.");
        }
        if (known instanceof NoSuchFileException) {
            return notSent(Kind.BAD_INPUT, file + "is not there any more: something deleted it before it was sent.");
        }
        Kind kind = known instanceof UnreachableException ? Kind.NETWORK : Kind.BAD_INPUT;
        return notSent(kind, file + "could not be read to its end where it is: " + text(known) + ".");
    }

    private ServiceNowException notSent(Kind kind, String sentence) {
        return ServiceNowException.noAnswer(kind, sentence, false, failure);
    }

    private static String text(Exception known) {
        String name = known.getClass().getSimpleName();
        return known.getMessage() == null ? name : name + ", " + known.getMessage();
    }

    /** Ends the reading, wherever it stands: the JDK closes a stream only after its last byte. */
    @Override
    public void close() {
        InputStream last;
        synchronized (this) {
            closed = true;
            last = open;
        }
        close(last);
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // it was only read from
        }
    }
}
