"""Columns comparable to market_features by pandas and TA-Lib, from bars as JSON on stdin; CPU milliseconds of each pass on stdout.

Alike, not equal: TA-Lib's recursive indicators and pandas' ewm have infinite memory, and the volatility of the hour is over the last six
bars of the slot. The last pass's columns stand in one block, as rows are stored.
"""

import json
import sys
import time

import numpy as np
import pandas as pd
import talib

LAGS = {"ret_1": (1, 2, 3, 5, 10), "vol_20": (1,), "spread_pct": (1,), "zscore_20": (1,)}
SESSIONS = {"asian": ("Asia/Tokyo", 9, 18), "london": ("Europe/London", 8, 17), "new_york": ("America/New_York", 8, 17)}


def frame_of(columns):
    frame = pd.DataFrame({name: np.array(values, dtype=float) for name, values in columns.items() if name != "start"})
    frame.index = pd.to_datetime(columns["start"], unit="ms", utc=True)
    return frame


def dollar_sign(pair):
    return 1 if pair.startswith("USD") else -1 if pair.endswith("USD") else 0


def zscore(values, mean, std):
    return (values - mean) / std


def own_columns(bars):
    o, h, l, c, volume = (bars[name] for name in ("mid_o", "mid_h", "mid_l", "mid_c", "volume"))
    ret = np.log(c / c.shift())
    hl, co, oc = np.log(h / l), np.log(c / o), np.log(o / c.shift())
    spread = bars["ask_c"] - bars["bid_c"]
    mean20, std20 = c.rolling(20).mean(), c.rolling(20).std()
    spread_mean, spread_std = spread.rolling(20).mean(), spread.rolling(20).std()
    volume_mean, volume_std = volume.rolling(20).mean(), volume.rolling(20).std()
    vol_20 = ret.rolling(20).std()
    percentile = (vol_20.rolling(100).rank() - 1) / 99
    short, long = c.ewm(span=5).mean(), c.ewm(span=20).mean()
    satchell = np.log(h / c) * np.log(h / o) + np.log(l / c) * np.log(l / o)
    k = 0.34 / (1.34 + 21 / 19)
    slot = bars.index.tz_convert("America/New_York")
    magnitude = ret.abs()
    usual = magnitude.groupby(slot.day_of_week * 24 + slot.hour).transform(lambda slots: slots.shift().rolling(6, min_periods=4).mean())
    return {
        "mid": c,
        "ret_1": ret,
        "ret_5": np.log(c / c.shift(5)),
        "ret_10": np.log(c / c.shift(10)),
        "momentum_20": c / c.shift(20) - 1,
        "roll_mean_20": mean20,
        "zscore_20": zscore(c, mean20, std20),
        "ewma_short": short,
        "ewma_long": long,
        "ewma_signal": np.log(short / long),
        "rsi_14": talib.RSI(c.to_numpy(), 14),
        "macd_hist": talib.MACD(c.to_numpy(), 12, 26, 9)[2] / c.to_numpy(),
        "bollinger_pct_b_20": (c - mean20 + 2 * std20) / (4 * std20),
        "atr_14_pct": talib.ATR(h.to_numpy(), l.to_numpy(), c.to_numpy(), 14) / c.to_numpy(),
        "adx_14": talib.ADX(h.to_numpy(), l.to_numpy(), c.to_numpy(), 14),
        "spread": spread,
        "spread_pct": spread / c,
        "spread_ma_20": spread_mean,
        "spread_zscore_20": zscore(spread, spread_mean, spread_std),
        "volume": volume,
        "volume_ma_20": volume_mean,
        "volume_ratio_20": volume / volume_mean,
        "volume_zscore_20": zscore(volume, volume_mean, volume_std),
        "range_to_spread": (h - l) / spread,
        "amihud_20": (magnitude / volume).rolling(20).mean(),
        "vol_5": ret.rolling(5).std(),
        "vol_20": vol_20,
        "vol_60": ret.rolling(60).std(),
        "parkinson_vol_20": np.sqrt((hl**2).rolling(20).mean() / (4 * np.log(2))),
        "garman_klass_vol_20": np.sqrt((0.5 * hl**2 - (2 * np.log(2) - 1) * co**2).rolling(20).mean()),
        "rogers_satchell_vol_20": np.sqrt(satchell.rolling(20).mean()),
        "yang_zhang_vol_20": np.sqrt(oc.rolling(20).var() + k * co.rolling(20).var() + (1 - k) * satchell.rolling(20).mean()),
        "range_vol_5": (h.rolling(5).max() - l.rolling(5).min()) / c,
        "vol_of_vol_20": vol_20.rolling(20).std(),
        "vol_percentile_100": percentile,
        "high_vol_regime": (percentile > 0.8).astype(float),
        "low_vol_regime": (percentile < 0.2).astype(float),
        "vol_deseasonalised": magnitude / usual,
    }


def leg_columns(instrument, ret, legs):
    returns = {pair: np.log(close / close.shift()).reindex(ret.index) for pair, close in legs.items()}
    columns = {f"{pair}_ret_1{suffix}": values.shift(lag) for pair, values in returns.items() for lag, suffix in ((0, ""), (1, "_lag_1"))}
    signed = pd.concat([dollar_sign(pair) * returns[pair] for pair in returns if pair != instrument and dollar_sign(pair)], axis=1)
    basket = signed.mean(axis=1)
    columns["usd_basket_ret_1"] = basket
    columns["usd_basket_legs"] = signed.count(axis=1).astype(float)
    columns["relative_performance"] = ret - basket if dollar_sign(instrument) >= 0 else ret + basket
    columns["corr_50_EUR_USD"] = ret.rolling(50).corr(returns["EUR_USD"])
    return columns


def calendar_columns(index):
    end = index + pd.Timedelta(hours=1)
    hour, day = end.hour.to_numpy(), end.day_of_week.to_numpy()
    inside = {name: in_session(end, *session) for name, session in SESSIONS.items()}
    new_york = end.tz_convert("America/New_York")
    return {
        "hour_sin": np.sin(2 * np.pi * hour / 24),
        "hour_cos": np.cos(2 * np.pi * hour / 24),
        "day_of_week_sin": np.sin(2 * np.pi * day / 7),
        "day_of_week_cos": np.cos(2 * np.pi * day / 7),
        **{f"{name}_session": values.astype(float) for name, values in inside.items()},
        "london_new_york_overlap": (inside["london"] & inside["new_york"]).astype(float),
        "rollover_hour": np.isin(new_york.hour, (17, 18)).astype(float),
        "bars_to_weekend": np.clip(4 * 24 + 17 - (new_york.day_of_week * 24 + new_york.hour), 0, 120).to_numpy(dtype=float),
        "gap_hours": np.r_[np.nan, np.diff(index.as_unit("ms").asi8) / 3_600_000 - 1],
    }


def in_session(times, zone, opens, closes):
    local = times.tz_convert(zone).hour.to_numpy()
    return (local >= opens) & (local < closes)


def features(instrument, bars, legs):
    columns = own_columns(bars)
    columns.update(leg_columns(instrument, columns["ret_1"], legs))
    columns.update(calendar_columns(bars.index))
    for name, lags in LAGS.items():
        columns.update({f"{name}_lag_{lag}": columns[name].shift(lag) for lag in lags})
    return np.column_stack([np.asarray(values) for values in columns.values()])


def main():
    given = json.load(sys.stdin)
    bars = frame_of(given["bars"])
    legs = {pair: frame_of(columns)["mid_c"] for pair, columns in given["legs"].items()}
    times = []
    for _ in range(given["passes"]):
        began = time.process_time()
        block = features(given["instrument"], bars, legs)
        times.append((time.process_time() - began) * 1_000)
    print(json.dumps({"rows": block.shape[0], "columns": block.shape[1], "cpu_ms": times}))


main()
