package anogan.scans;

import anogan.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The way out of networks with a proxy, as curl and others take it from the environment: {@code https_proxy},
 * {@code http_proxy}, {@code all_proxy}, and {@code no_proxy} with the ends of host names that are reached directly.
 * Without them Java's own settings count ({@code -Dhttps.proxyHost=…}).
 */
final class Proxies extends ProxySelector {
    private final Map<String, String> environment;
    private final ProxySelector otherwise;

    private Proxies(Map<String, String> environment, ProxySelector otherwise) {
        this.environment = environment;
        this.otherwise = otherwise;
    }

    static ProxySelector of(Map<String, String> environment) {
        return new Proxies(environment, ProxySelector.getDefault());
    }

    @Override
    public List<Proxy> select(URI uri) {
        String proxy = variable(uri.getScheme() + "_proxy");
        if (proxy.isEmpty()) proxy = variable("all_proxy");
        if (proxy.isEmpty()) return otherwise == null ? List.of(Proxy.NO_PROXY) : otherwise.select(uri);
        for (String end : variable("no_proxy").split("[, ]+", -1)) {
            String name = end.replaceFirst("^\\*?\\.", "");
            if (end.equals("*")
                    || (!name.isEmpty() && (uri.getHost().equals(name) || uri.getHost().endsWith("." + name)))) {
                return List.of(Proxy.NO_PROXY);
            }
        }
        return List.of(new Proxy(Proxy.Type.HTTP, address(proxy)));
    }

    /** Lower or upper case; the latter not for http_proxy, which a web server could be made to set. */
    private String variable(String name) {
        String upper = name.equals("http_proxy") ? "" : environment.getOrDefault(name.toUpperCase(Locale.ROOT), "");
        return environment.getOrDefault(name, upper).strip();
    }

    private static InetSocketAddress address(String proxy) {
        try {
            URI uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
            if (uri.getHost() != null && uri.getScheme().matches("(?i)https?"))
                return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
        } catch (IllegalArgumentException ignored) {
            // Said below.
        }
        throw UserError.failure(
                "The proxy \"%s\" of the environment (https_proxy, http_proxy or all_proxy) is no address of an HTTP "
                        + "proxy. It should look like http://proxy.example.org:3128.",
                proxy);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {}
}
