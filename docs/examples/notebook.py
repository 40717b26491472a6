# %% [markdown]
# # A notebook: emergency departments
#
# This page is a notebook, `docs/examples/notebook.py`, which editors open as one; what stands below its cells is what
# they showed when the site was built. The figures are those of England's emergency departments, April 2016 to March
# 2019.

# %%
from emergency_care import walk

from goalmodel import show

before, last = [review for _, review in walk()][-2:]

# %% [markdown]
# A verdict that ends a cell shows itself: its facts, its chart with the bands in force and the natural limits, and the
# moves from month to month below it.

# %%
last["four-hours"]

# %% [markdown]
# The key result that the proposal made, and whether it got there:

# %%
last.key_results[0]

# %% [markdown]
# What changed since the month before:

# %%
show.what_changed(last.changes_since(before))

# %% [markdown]
# And the whole month on a page:

# %%
last
