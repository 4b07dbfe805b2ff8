namespace Benchmarks.Torch.Layers;

/// <summary>What the twins of recurrent layers have in common: names of tensors, and the order of the steps.</summary>
internal sealed class TorchRecurrence
{
    private readonly RecurrentAttribute _attribute;

    /// <summary>
    /// Names a module's parameters as the compiled model does. Where that has one bias, the module's second one stays zero.
    /// </summary>
    public TorchRecurrence(
        RecurrentAttribute attribute, string name, TorchLayerContext context, nn.Module module, bool hasTwoBiases = false)
    {
        _attribute = attribute;
        context.Shape = attribute.ReturnSequences ? [context.Shape[0], attribute.Units] : [attribute.Units];
        Dictionary<string, Parameter> parameters =
            module.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        context.AddParameter(attribute, $"{name}.weight", parameters["weight_ih_l0"]);
        if (parameters.TryGetValue("bias_ih_l0", out Parameter? bias))
        {
            context.AddParameter(attribute, $"{name}.bias", bias);
        }

        context.AddParameter(attribute, $"{name}.recurrentWeight", parameters["weight_hh_l0"]);
        if (!parameters.TryGetValue("bias_hh_l0", out Parameter? recurrentBias))
        {
            return;
        }

        if (hasTwoBiases)
        {
            context.AddParameter(attribute, $"{name}.recurrentBias", recurrentBias);
            return;
        }

        using IDisposable guard = no_grad();
        recurrentBias.zero_();
        recurrentBias.requires_grad_(false);
    }

    /// <summary>The outputs of a module that reads [batch, steps, features] from the first step to the last.</summary>
    public Tensor Forward(Tensor input, Func<Tensor, Tensor> module)
    {
        Tensor outputs = module(_attribute.GoBackwards ? input.flip(1) : input);
        if (!_attribute.ReturnSequences)
        {
            return outputs.select(1, -1);
        }

        return _attribute.GoBackwards ? outputs.flip(1) : outputs;
    }
}

internal sealed class TorchSimpleRnn : ITorchLayer<SimpleRnnAttribute>
{
    private readonly RNN _module;
    private readonly TorchRecurrence _recurrence;

    public TorchSimpleRnn(SimpleRnnAttribute attribute, TorchLayerContext context)
    {
        nn.NonLinearities function = attribute.Activation == RecurrentActivation.Relu
            ? nn.NonLinearities.ReLU
            : nn.NonLinearities.Tanh;
        _module = nn.RNN(context.Shape[1], attribute.Units, 1, function, bias: attribute.UseBias, batchFirst: true);
        _recurrence = new TorchRecurrence(
            attribute, context.NameOf(attribute, "simpleRnn"), context, _module);
    }

    public Tensor Forward(Tensor input) => _recurrence.Forward(input, sequence => _module.call(sequence).Item1);
}

[TorchOf(typeof(LstmAttribute))]
[TorchOf(typeof(GruAttribute))]
internal sealed class TorchGatedUnits : ITorchLayer
{
    private readonly Func<Tensor, Tensor> _module;
    private readonly TorchRecurrence _recurrence;

    public TorchGatedUnits(RecurrentAttribute attribute, TorchLayerContext context)
    {
        long features = context.Shape[1];
        if (attribute is GruAttribute)
        {
            GRU gru = nn.GRU(features, attribute.Units, bias: attribute.UseBias, batchFirst: true);
            _module = sequence => gru.call(sequence).Item1;
            _recurrence = new(attribute, context.NameOf(attribute, "gru"), context, gru, hasTwoBiases: true);
        }
        else
        {
            LSTM lstm = nn.LSTM(features, attribute.Units, bias: attribute.UseBias, batchFirst: true);
            _module = sequence => lstm.call(sequence).Item1;
            _recurrence = new(attribute, context.NameOf(attribute, "lstm"), context, lstm);
        }
    }

    public Tensor Forward(Tensor input) => _recurrence.Forward(input, _module);
}
