DROP DATABASE IF EXISTS MYDB_b;
CREATE DATABASE MYDB_b;
CREATE TABLE sqlt_data_1_2025_12 (
  tagid INT NOT NULL, intvalue BIGINT, floatvalue DOUBLE, stringvalue VARCHAR(255),
  datevalue DATETIME(3), dataintegrity INT, t_stamp BIGINT NOT NULL, PRIMARY KEY (tagid, t_stamp),
  KEY (t_stamp));
CREATE TABLE sqlt_data_1_2026_01 LIKE sqlt_data_1_2025_12;
CREATE TABLE sqlth_te (id INT PRIMARY KEY, tagpath VARCHAR(255), scid INT, retired BIGINT);
CREATE TABLE temp (id INT AUTO_INCREMENT PRIMARY KEY, ts BIGINT NOT NULL, v INT);
CREATE TABLE hum LIKE temp;
CREATE TABLE MYDB_b.`line-7` (ts BIGINT NOT NULL PRIMARY KEY, v INT);
CREATE TABLE MYDB_b.temp (ts BIGINT NOT NULL PRIMARY KEY, v INT);
INSERT INTO sqlth_te (id, tagpath) VALUES (1, 't1'), (2, 'press/line-1/temp'), (4, 't4');
INSERT INTO sqlt_data_1_2025_12 (tagid, floatvalue, dataintegrity, t_stamp) VALUES
  (1, 1.5, 192, 1767225599000), (1, 2.5, 192, 1767225599500), (2, 3.5, 192, 1767225599000);
INSERT INTO sqlt_data_1_2026_01 (tagid, floatvalue, dataintegrity, t_stamp) VALUES
  (1, 4.5, 192, 1767225600000), (1, 5.5, 192, 1767225599500);
INSERT INTO temp (ts, v) VALUES (1, 8);
INSERT INTO hum (ts, v) VALUES (1, 9);
INSERT INTO MYDB_b.`line-7` VALUES (1, 10);
INSERT INTO MYDB_b.temp VALUES (1, 11), (2, 12);
