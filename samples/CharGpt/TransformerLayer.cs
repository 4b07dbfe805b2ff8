using ModelDsl;

namespace CharGptSample;

/// <summary>One layer of the transformer: it gathers from the characters before, then thinks about each by itself.</summary>
[Block, Residual<Attend>, Residual<Think>]
public partial class TransformerLayer;
