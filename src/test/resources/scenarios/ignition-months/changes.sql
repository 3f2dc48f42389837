DELETE FROM sqlt_data_1_2026_01 WHERE floatvalue = 5.5;
UPDATE sqlt_data_1_2025_12 SET floatvalue = 1.25 WHERE floatvalue = 1.5;
INSERT INTO sqlth_te (id, tagpath) VALUES (3, 'press/line-1/hum');
INSERT INTO sqlt_data_1_2026_01 (tagid, floatvalue, t_stamp) VALUES (3, 13.5, 1767225601000);
INSERT INTO MYDB_b.`line-7` VALUES (2, 15);
UPDATE MYDB_b.temp SET ts = 3 WHERE ts = 2;
UPDATE hum SET v = NULL;
