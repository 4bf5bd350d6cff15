-- Every report of demolition up to the day, by village and project, the oldest first.
SELECT village, project, as_of, households_due, households_signed, households_vacated, households_demolished,
       area_due_m2, area_signed_m2, area_vacated_m2, area_demolished_m2, transition_fee_yuan
FROM demolition_at(asof = {asof:Date32}, known = {known:DateTime64(3, 'UTC')}, area = {area:String})
ORDER BY village_key, project_key, as_of, batch, line
