"""nginx before a page of one organization, with auth_request to the product: what an application behind a proxy does."""
import os

from processes import Process, free_port

CONFIG = """
%(user)s
daemon off;
worker_processes 1;
pid %(dir)s/pid;
error_log %(dir)s/log;
events { worker_connections 64; }
http {
    access_log off;
    # The path as it was sent. ($uri is decoded: in a redirect, a line break in it would start a header of its own.)
    map $request_uri $asked { "~^(?<path>[^?]*)" $path; }
    client_body_temp_path %(dir)s/body; proxy_temp_path %(dir)s/proxy; fastcgi_temp_path %(dir)s/fastcgi; uwsgi_temp_path %(dir)s/uwsgi; scgi_temp_path %(dir)s/scgi;
    server {
        listen 127.0.0.1:%(port)d;
        location = /health { return 200 "ok"; }
        # For programs: the plain 401. For people: on to the login, and back.
        location /api { auth_request /auth; root %(dir)s/www; }
        location / {
            auth_request /auth;
            auth_request_set $user $upstream_http_x_auth_request_user;
            auth_request_set $email $upstream_http_x_auth_request_email;
            auth_request_set $groups $upstream_http_x_auth_request_groups;
            auth_request_set $organization $upstream_http_x_auth_request_organization;
            # An application would get these; here they come back, so that they can be seen.
            add_header X-Seen-User $user; add_header X-Seen-Email $email; add_header X-Seen-Groups $groups; add_header X-Seen-Organization $organization;
            error_page 401 = @login;
            root %(dir)s/www;
        }
        location = /auth {
            internal;
            proxy_pass %(product)s/auth?org=%(organization)s;
            proxy_pass_request_body off;
            proxy_set_header Content-Length "";
            # What a browser claims to be must never pass (C46).
            proxy_set_header X-Auth-Request-User ""; proxy_set_header X-Auth-Request-Email "";
            proxy_set_header X-Auth-Request-Groups ""; proxy_set_header X-Auth-Request-Organization "";
        }
        location @login { return 302 "%(product)s/saml/login?org=%(organization)s&RelayState=%(base)s$asked"; }
    }
}
"""


class NGINX:
    def __init__(self, folder):
        self.dir, self.port, self.process = folder / "nginx", free_port(), None
        self.base = f"http://127.0.0.1:{self.port}"
        (self.dir / "www").mkdir(parents=True)
        (self.dir / "www/page.html").write_text("<!doctype html><title>Guarded</title><h1>The guarded page</h1>")

    def start(self, product, organization):
        user = "user root root;" if os.getuid() == 0 else ""
        (self.dir / "nginx.conf").write_text(CONFIG % {"user": user, "dir": self.dir, "port": self.port, "base": self.base,
                                                       "product": product, "organization": organization})
        self.process = Process(["/usr/sbin/nginx", "-c", self.dir / "nginx.conf", "-p", self.dir, "-e", self.dir / "log"], self.dir / "output")
        self.process.wait_for(self.base + "/health")

    def stop(self):
        if self.process:
            self.process.stop()
