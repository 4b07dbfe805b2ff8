using ModelDsl;

namespace CharGptSample;

/// <summary>Works on each character by itself, in four times the width.</summary>
[Block, LayerNorm, Dense(512), Gelu, Dense(128)]
public partial class Think;
