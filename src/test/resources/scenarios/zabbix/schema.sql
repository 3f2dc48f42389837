CREATE TABLE hosts (hostid BIGINT UNSIGNED PRIMARY KEY, host VARCHAR(128) NOT NULL, status INT NOT NULL DEFAULT 0);
CREATE TABLE items (itemid BIGINT UNSIGNED PRIMARY KEY, hostid BIGINT UNSIGNED NOT NULL, key_ VARCHAR(255) NOT NULL, value_type INT NOT NULL);
CREATE TABLE history_dbl (itemid BIGINT UNSIGNED NOT NULL, clock INT NOT NULL DEFAULT 0, value DOUBLE NOT NULL DEFAULT 0, ns INT NOT NULL DEFAULT 0, PRIMARY KEY (itemid, clock, ns));
CREATE TABLE history_old (itemid BIGINT UNSIGNED NOT NULL, clock INT NOT NULL DEFAULT 0, value DOUBLE NOT NULL DEFAULT 0, ns INT NOT NULL DEFAULT 0, PRIMARY KEY (itemid, clock, ns));
INSERT INTO hosts (hostid, host) VALUES (1, 'web1'), (2, 'db-1');
INSERT INTO items VALUES (7, 1, 'system.cpu.load', 0), (8, 2, 'system.cpu.load', 0), (9, 1, 'vfs.fs.size[/,free]', 0);
INSERT INTO history_dbl (itemid, clock, ns, value) VALUES
  (7, 1767225600, 0, 0.5), (7, 1767225601, 0, 0.75), (8, 1767225600, 1000000, 2),
  (9, 1767225600, 0, 1e9), (9, 1767225600, 2000000, 2e9), (99, 1767225600, 0, 1),
  (8, 1767225602, 100, 3), (8, 1767225602, 200, 4);
INSERT INTO history_old (itemid, clock, ns, value) VALUES (7, 1767225000, 0, 9), (7, 1767225601, 0, 8);
