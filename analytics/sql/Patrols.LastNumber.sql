-- The greatest number of a year's patrols that was ever taken, undone and removed ones included: 巡查〔2016〕0001号 -> 1.
SELECT max(toUInt64OrZero(extract(number, concat('[〔\\[（(【]', {year:String}, '[〕\\]）)】]\\s*第?0*(\\d+)')))) AS last
FROM patrols
WHERE area = {area:String} AND batch IN (SELECT batch FROM batches WHERE event = 'commit')
