namespace ModelDsl.Generator.Shapes;

/// <summary>What a block is to the layer that it is part of.</summary>
internal enum BlockUse
{
    /// <summary>A piece in between, without input or loss.</summary>
    Inner,

    /// <summary>One of several beginnings of a model: it starts with an input of its own.</summary>
    Tower,

    /// <summary>One of several ends of a model: it ends with a loss.</summary>
    Head,

    /// <summary>A loss: what flows in are outputs, and it may take targets.</summary>
    Loss,
}
