CREATE TABLE history (
  itemid BIGINT UNSIGNED NOT NULL, clock INT NOT NULL DEFAULT 0, value DOUBLE NOT NULL DEFAULT 0,
  ns INT NOT NULL DEFAULT 0, PRIMARY KEY (itemid, clock, ns));
CREATE TABLE press (
  machine VARCHAR(20) NOT NULL, day DATE NOT NULL, at TIME(3) NOT NULL, load_kw DOUBLE,
  PRIMARY KEY (machine, day, at));
CREATE TABLE meter (
  id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) NOT NULL, at DECIMAL(20,6), kwh VARCHAR(20),
  KEY (name, at));
INSERT INTO history (itemid, clock, ns, value) VALUES
  (7, 1767225600, 0, 1), (7, 1767225600, 1999999, 2), (7, 1767225600, 1000000, 3),
  (7, -1, 999999999, 4), (8, 1767225600, 1000000000, 5), (8, 1767225600, -1, 6),
  (8, 1767225601, 5000000, 7);
INSERT INTO press VALUES
  ('P1', '2026-01-01', '00:00:00', 1), ('P1', '2026-01-01', '23:59:59.999', 2),
  ('P1', '2026-07-01', '12:00:00.5', 3), ('P1', '2026-01-02', '24:00:00', 4),
  ('P1', '2026-01-02', '-00:00:01', 5), ('P1', '2026-03-29', '02:30:00', 6),
  ('P1', '2026-10-25', '02:30:00', 7);
INSERT INTO meter (name, at, kwh) VALUES
  ('main', 1767225600.000999, '10'), ('main', 1767225600.001, '11'),
  ('main', 1767225600.0019, '12'), ('main', 1767225601, 'twelve'),
  ('main', -0.0005, '13'), ('main', 99999999999999, '14');
