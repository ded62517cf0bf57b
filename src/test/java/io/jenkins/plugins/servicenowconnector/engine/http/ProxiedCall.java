package io.jenkins.plugins.servicenowconnector.engine.http;

import io.jenkins.plugins.servicenowconnector.simulator.tls.KeyFile;
import java.net.URI;
import java.nio.file.Path;

/** One call through a proxy that wants a user, in a Java of its own; prints the answer. */
final class ProxiedCall {

    private ProxiedCall() {}

    public static void main(String[] arguments) throws Exception {
        HttpProxy proxy = new HttpProxy("127.0.0.1", Integer.parseInt(arguments[1]), "jenkins", "s3cret");
        Request request = Requests.get(URI.create(arguments[0])).via(new Route(proxy, null));
        Transport transport = Transports.trusting(new KeyFile(Path.of(arguments[2])));
        System.out.println(transport.send(request));
    }
}
