"""Charts: rows in, plotly figure (a plain dict) out. Pure; they know no Dash and no database."""
