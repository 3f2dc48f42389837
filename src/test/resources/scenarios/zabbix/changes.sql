INSERT INTO hosts (hostid, host) VALUES (3, 'gw-3');
INSERT INTO items VALUES (20, 3, 'icmpping', 0);
INSERT INTO history_dbl (itemid, clock, ns, value) VALUES
  (20, 1767225610, 0, 1), (20, 1767225611, 100, 2), (20, 1767225611, 200, 3);
UPDATE history_dbl SET value = 0.25 WHERE itemid = 7 AND clock = 1767225600;
UPDATE history_dbl SET clock = 1767225605 WHERE itemid = 9 AND ns = 2000000;
UPDATE history_dbl SET itemid = 20 WHERE itemid = 8 AND clock = 1767225600;
DELETE FROM history_dbl WHERE itemid = 8 AND ns = 200;
DELETE FROM history_dbl WHERE itemid = 20 AND ns = 200;
DELETE FROM history_old WHERE itemid = 7 AND clock = 1767225000;
UPDATE hosts SET status = 1 WHERE hostid = 1;
UPDATE items SET value_type = 1 WHERE itemid = 7;
INSERT INTO history_dbl (itemid, clock, value) VALUES (98, 1767225620, 5);
INSERT INTO items VALUES (98, 4, 'agent.ping', 0);
INSERT INTO hosts (hostid, host) VALUES (4, 'late');
INSERT INTO items VALUES (99, 2, 'old.item', 0);
