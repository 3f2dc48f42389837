package io.iotdbmigrate.mysql;

import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Trust in any server: the modes {@code preferred} and {@code required} encrypt, and no more. */
final class TrustAll implements X509TrustManager {
    static final TrustManager[] MANAGERS = {new TrustAll()};

    private TrustAll() {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        // Nobody asks a client.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        // The mode says so.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
