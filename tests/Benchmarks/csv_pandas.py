# The columns of the CSV benchmark by pandas: bad rows left out, then (after the clock) the sums that prove it.
import sys
import time
import pandas as pd

begin = time.perf_counter()
columns = ['# Timestamp', 'MMSI', 'Latitude', 'Longitude', 'SOG', 'COG', 'Heading', 'Name', 'Destination']
rows = pd.read_csv(sys.argv[1], usecols=columns, dtype={'MMSI': str, 'SOG': 'float32', 'COG': 'float32', 'Heading': 'float32'}, keep_default_na=True, na_values=[''], low_memory=False)
rows['time'] = pd.to_datetime(rows['# Timestamp'], format='%d/%m/%Y %H:%M:%S', errors='coerce', cache=True)
for column in ('MMSI', 'Latitude', 'Longitude'):
    rows[column] = pd.to_numeric(rows[column], errors='coerce')
rows = rows[rows['time'].notna() & rows['MMSI'].notna() & rows['Latitude'].between(-90, 90) & rows['Longitude'].between(-180, 180)]
letters = int(rows['Name'].str.len().sum() + rows['Destination'].str.len().sum())
took = time.perf_counter() - begin

missing = int(rows[['SOG', 'COG', 'Heading']].isna().sum().sum())
tenths = [int((rows[c].astype('float64') * 10).round().sum()) for c in ('SOG', 'COG')]
degrees = [int((rows[c] * 1e7).round().astype('int64').sum()) for c in ('Latitude', 'Longitude')]
print(pd.__version__, took, len(rows), int((rows['time'].astype('int64') // 10**9).sum()), int(rows['MMSI'].astype('int64').sum()), *degrees, *tenths, int(rows['Heading'].astype('float64').sum()), missing, letters)
